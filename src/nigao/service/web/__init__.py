"""The web workbench: one page that needs nothing but itself and the API."""
