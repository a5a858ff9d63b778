"""Identities in terms u and v, what they are put in, and faults."""

from __future__ import annotations

# Formulas with terms u and v, from Bronstein and Semendjajew, "Handbook of Mathematics", chapter 2.
IDENTITIES = [
    ("sin(2*u)", "2*sin(u)*cos(u)"), ("cos(2*u)", "1-2*sin(u)^2"), ("tan(u)", "sin(u)/cos(u)"),
    ("sin(u+v)", "sin(u)*cos(v)+cos(u)*sin(v)"), ("cos(u)^2", "(1+cos(2*u))/2"),
    ("1+tan(u)^2", "1/cos(u)^2"), ("sin(u)^4", "(3-4*cos(2*u)+cos(4*u))/8"),
    ("sin(u)", "cos(pi/2-u)"), ("cos(u+pi)", "-cos(u)"),
    ("sin(u+pi/4)", "(sin(u)+cos(u))/sqrt(2)"), ("cos(u+pi/5)+cos(u-pi/5)", "cos(u)*(1+sqrt(5))/2"),
    ("tanh(u)", "(e^(2*u)-1)/(e^(2*u)+1)"), ("tanh(u)", "2*sigmoid(2*u)-1"),
    ("sigmoid(-u)", "1-sigmoid(u)"), ("cosh(u)^2-sinh(u)^2", "1"), ("e^(u+v)", "e^u*e^v"),
    ("e^(2*u)", "(e^u)^2"), ("ln(u^2)", "2*ln(abs(u))"), ("ln(e^(u/2)*e^(2*u))", "5*u/2"),
    ("2^u", "e^(u*ln(2))"),
    ("ln(u^2+1)+ln(v^2+1)", "ln((u^2+1)*(v^2+1))"), ("4^u", "2^(2*u)"),
    ("log10(u^2+1)", "ln(u^2+1)/ln(10)"), ("sqrt(u^2)", "abs(u)"), ("abs(u)*abs(v)", "abs(u*v)"),
    ("abs(u)^2", "u^2"), ("max(u,v)", "(u+v+abs(u-v))/2"), ("min(u,v)+max(u,v)", "u+v"),
    ("relu(u)-relu(-u)", "u"), ("sqrt(4*(u^2+1))", "2*sqrt(u^2+1)"),
    ("u^2/(sqrt(u^2+1)+1)", "sqrt(u^2+1)-1"), ("sqrt(12)*u", "2*sqrt(3)*u"),
    ("u/sqrt(2)", "sqrt(2)/2*u"), ("sqrt(5+2*sqrt(6))*u", "u*sqrt(2)+sqrt(3)*u"),
    ("(u+v)^3", "u^3+3*u^2*v+3*u*v^2+v^3"), ("1/u-1/v", "(v-u)/(u*v)"), ("atan(u)", "-atan(-u)"),
    ("cos(atan(u))", "1/sqrt(1+u^2)"), ("sin(asin(u/9))", "u/9"), ("asin(u/9)+acos(u/9)", "pi/2"),
    ("sin(2*atan(u))", "2*u/(1+u^2)"), ("asinh(u)", "ln(u+sqrt(u^2+1))"), ("cbrt(u)^3", "u"),
    ("(u^4+1)^(1/2)*(u^4+1)^(1/3)", "(u^4+1)^(5/6)"), ("(u+1)!/u!", "u+1"), ("u!", "u*(u-1)!"),
    ("binomial(u,2)", "u*(u-1)/2"), ("floor(u+v)", "floor(v+u)"), ("max(u,v,1)", "max(1,v,u)"),
]  # fmt: skip
WRAPPED = [
    "{}",
    "{}",
    "({})+{more}",
    "({})*({more})",
    "sin({})",
    "e^({})",
    "ln(({})^2+1)",
    "abs({})",
]
FAULTS = [("2", "3"), ("+", "-"), ("sin", "cos"), ("1", "4"), ("x", "y"), ("sqrt", "cbrt")]
