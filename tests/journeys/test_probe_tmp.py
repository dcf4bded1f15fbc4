import pytest
from django.urls import get_resolver
from .access_matrix import ACTORS, Row
from .test_access_matrix import *
def test_probe(world):
    rows=[]
    ns=sorted(set(names(get_resolver())))
    bs={a: browser_for(a, world) for a in ACTORS}
    out=open("/tmp/probe.txt","w")
    for n in ns:
        for m in ("GET","POST"):
            st=[]
            for a in ACTORS:
                try: st.append(written(answer(bs[a], Row(n,m,{}), world)))
                except Exception as e: st.append(type(e).__name__+str(e)[:80].replace(" ","_"))
            print(f"{n:45} {m:5}", *st, file=out, flush=True)
