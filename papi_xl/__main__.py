"""`python -m papi_xl` is `papi-xl`."""

from papi_xl.cli import run

if __name__ == "__main__":
    run()
