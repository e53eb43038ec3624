"""Who is an admin, and what admins did."""
