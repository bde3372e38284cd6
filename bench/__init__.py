"""The product measured against limits in the same process and database (`python -m bench`)."""
