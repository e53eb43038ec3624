"""Group chats: the way to the private chat is all that is told there."""
