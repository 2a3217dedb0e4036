#![recursion_limit = "512"]

pub struct S<T>(T);
pub struct Z;

pub trait Known {
    const COUNT: u64;
}

impl Known for Z {
    const COUNT: u64 = 1;
}

macro_rules! tower {
    ($name:ident = $below:ty) => {
        pub type $name = S<(S<$below>, S<($below, Z)>)>;
    };
}

impl<T: Known> Known for S<T> {
    const COUNT: u64 = T::COUNT + 1;
}

impl<A: Known, B: Known> Known for (A, B) {
    const COUNT: u64 = A::COUNT.wrapping_add(B::COUNT);
}

tower!(A = Z);
tower!(B = A);
tower!(C = B);
tower!(D = C);
tower!(E = D);
tower!(F = E);
tower!(G = F);
tower!(H = G);
tower!(I = H);
tower!(J = I);
tower!(K = J);
tower!(L = K);
tower!(M = L);
tower!(N = M);
tower!(O = N);
tower!(P = O);
tower!(Q = P);
tower!(R = Q);
tower!(T = R);
tower!(U = T);
tower!(V = U);

pub static COUNT: u64 = V::COUNT;

pub fn gcd(_: u64, _: u64) -> u64 {
    1
}

//@ honest: div money stack words
