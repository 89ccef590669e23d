"""python3 print_state_dict.py FILE prints {key: {dtype, shape, data}} as JSON, as torch.load reads the file."""

import json
import sys

import torch

state = torch.load(sys.argv[1])
print(json.dumps({key: {"dtype": str(value.dtype), "shape": list(value.shape), "data": value.to(torch.float64).reshape(-1).tolist()} for key, value in state.items()}))
