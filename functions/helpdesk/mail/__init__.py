"""Mail in and out: parse, thread, compose as pure modules; store and services around them."""
