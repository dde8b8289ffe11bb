"""The steps of every call on its way to a servicer, in the order of `chain`."""
