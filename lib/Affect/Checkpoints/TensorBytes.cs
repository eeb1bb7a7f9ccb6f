namespace Affect.Checkpoints;

/// <summary>How tensors move to and from streams.</summary>
internal static class TensorBytes
{
    internal const int BufferSize = 1 << 20;
}
