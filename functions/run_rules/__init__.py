"""Worker: rules: what happens to tickets by itself, on events and as time passes."""
