#!/bin/sh
# Makes a virtual environment from a list of requirements.
# What is missing is named, with the command that brings it.
set -eu

folder=$1
requirements=$2
python=${PYTHON:-python3}

say() {
	echo "cvnotes: $1" >&2
	exit 1
}

command -v "$python" >/dev/null ||
	say "$python is not there; 'sudo apt install python3 python3-venv' brings python3, or name one that is there, as in 'make book PYTHON=python3.12'."

"$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' ||
	say "$("$python" --version) is not among 3.11 to 3.13; name one of them, as in 'make book PYTHON=python3.12'."

"$python" -c 'import ensurepip, venv' 2>/dev/null ||
	say "$python has no venv; 'sudo apt install python3-venv' brings it."

rm -f "$folder/ready"
"$python" -m venv "$folder"
echo "cvnotes: installing $requirements into $folder (once)"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check \
	-r "$requirements" ||
	say "pip could not install $requirements; its reason stands above. 'make' again goes on from there."
touch "$folder/ready"
