"""The library as a document: sent by admins and looked at before it is loaded, or fetched by them."""
