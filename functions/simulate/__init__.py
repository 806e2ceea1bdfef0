"""The function behind /v1/simulations; its role cannot write to tickets."""
