"""Attachments 附件: what a file is, the virus scanner, the shelf of sealed bytes, the service."""
