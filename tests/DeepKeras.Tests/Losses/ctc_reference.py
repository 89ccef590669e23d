"""Prints the connectionist temporal classification loss of LossNumberTests, from PyTorch."""
import torch

labels = torch.tensor([[1, 2, 0], [3, 3, 1]])
scores = torch.sin(torch.arange(0, 64, 1, dtype=torch.float32) * 0.37).reshape(2, 8, 4)
log = torch.log_softmax(scores.transpose(0, 1), -1)
print(torch.nn.functional.ctc_loss(log, labels, torch.tensor([8, 8]), torch.tensor([2, 3]), blank=0, reduction="none").tolist())
