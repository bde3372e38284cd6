"""Public pages without an account: 查进度 (progress of the own case) and 核验 (papers)."""
