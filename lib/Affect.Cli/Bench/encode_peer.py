# argv: threads (0 = as installed), clips, seconds. HuBERT-base of torchaudio with random weights, every layer's output.
import os, torch, torchaudio
threads, clips, seconds = int(argv[0]), int(argv[1]), float(argv[2])
if threads > 0:
    torch.set_num_threads(threads)
torch.manual_seed(1)
model = torchaudio.models.hubert_base().eval()
waveforms = torch.randn(clips, int(16000 * seconds)) * 0.1
blas = sorted({line.split()[-1] for line in open("/proc/self/maps") if "openblas" in line})
info = f"torchaudio {torchaudio.__version__}, {torch.get_num_threads()} threads, {', '.join(blas) or 'no OpenBLAS'}, GLIBC_TUNABLES={os.environ.get('GLIBC_TUNABLES', '')}"
def run():
    with torch.inference_mode():
        model.extract_features(waveforms)
