"""Rules: what happens to tickets by itself when something happens to them, or when time passes (RT-01, RT-02)."""
