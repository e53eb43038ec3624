"""The leaf that storage and training share: closed sets and exact values that are both stored and spoken of."""
