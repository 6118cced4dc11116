"""Charts and flat pictures of the fabric that was checked."""
