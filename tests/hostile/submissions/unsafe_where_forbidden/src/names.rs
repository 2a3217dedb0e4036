//@ honest: names
