#!/bin/sh
# Run once, by Gradescope, when it builds the image: the only time that a network is needed.
set -eu

source=${AUTOGRADER:-/autograder}/source
export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install --yes --no-install-recommends bubblewrap ca-certificates curl gcc libc6-dev

export RUSTUP_HOME=/opt/rust CARGO_HOME=/opt/rust
if ! command -v cargo > /dev/null; then
    curl --proto '=https' --tlsv1.2 --fail --silent --show-error https://sh.rustup.rs |
        sh -s -- -y --no-modify-path --profile minimal --default-toolchain none
    PATH=/opt/rust/bin:$PATH
fi
cd "$source/book"
# The version that `rust-toolchain.toml` names.
rustup toolchain install || rustc --version
cargo build --release --locked --package wdl
install -D target/release/wdl /usr/local/bin/wdl
rm -rf target

# What is built once for every submission is built now: with an empty submission, whose result nobody reads.
empty=$(mktemp -d)
"$source/run_autograder" "$empty" "$(mktemp)"
