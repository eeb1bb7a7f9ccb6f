# argv: case, threads. The same operation in PyTorch.
import torch
case, threads = argv[0], int(argv[1])
torch.set_num_threads(threads)
torch.manual_seed(1)
info = f"torch {torch.__version__}, {torch.get_num_threads()} threads"
if case == "add":
    a, b = torch.rand(4, 4), torch.rand(4, 4)
    iterations = 200_000
    def run():
        for _ in range(iterations):
            a + b
elif case == "matmul":
    a, b = torch.rand(1024, 1024), torch.rand(1024, 1024)
    iterations = 20
    def run():
        for _ in range(iterations):
            a @ b
else:
    model = torch.nn.Linear(512, 512)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.01)
    x, y = torch.rand(64, 512), torch.rand(64, 512)
    iterations = 300
    def run():
        for _ in range(iterations):
            optimizer.zero_grad()
            torch.nn.functional.mse_loss(model(x), y).backward()
            optimizer.step()
