"""The laptop stack: the real template on MiniStack, and stand-ins for CloudFront, Lambda's host and SMTP."""
