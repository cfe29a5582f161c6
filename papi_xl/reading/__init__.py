"""The inside of `papi_xl.read`: a bounded look into each file format before anything is parsed."""
