"""What the benchmarks of subjects ask: a state comes back as it went, so that the time is that of the protocol."""

import plumbline_subject as plumbline

subject = plumbline.Subject("echo", tensors="none")


@subject.operation("nk.step")
def step(parameters, zeta, innovation):
    return {"zeta": zeta}


subject.serve()
