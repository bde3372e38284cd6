"""Attachments 附件 on pages: the list of a case, what is opened, the photos of a visit."""
