"""Messages to every lifter: for admins."""
