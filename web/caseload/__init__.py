"""Pages of the caseload 案件量: today, batches, filters, handover, absence, workload, undo."""
