//@ honest: gcd div money stack words
