"""Asking registers 登记库核验 whether a person meets a criterion: adapters, and who asks them."""
