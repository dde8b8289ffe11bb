"""What every call goes through on its way to a servicer, in the order of `chain`."""
