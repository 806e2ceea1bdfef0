"""`make bench`: what each operation costs, on tables of several sizes and through the whole laptop stack."""
