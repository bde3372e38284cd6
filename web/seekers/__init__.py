"""Pages of seekers' cases 求职案件: acts, registration, the case, its history."""
