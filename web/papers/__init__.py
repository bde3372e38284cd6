"""Pages of papers 文书: what can be issued of a case, preview, issue, print, slips with codes."""
