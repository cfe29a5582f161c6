"""Tests, benchmark and pictures of papi_xl."""
