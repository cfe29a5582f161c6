"""What PAPI's buttons do inside LibreOffice: start the program, answer it, show what it says."""
