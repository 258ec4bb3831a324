"""What people may send, checked."""
