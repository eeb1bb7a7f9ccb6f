namespace Affect.Media;

/// <summary>What a child said, ended with and wrote.</summary>
/// <param name="Log">What it said.</param>
/// <param name="ExitCode">0 where it was ended early.</param>
/// <param name="Bytes">What it wrote.</param>
/// <param name="IsTooLong">Whether it wrote more than 2 GiB, which were thrown away.</param>
internal sealed record FfmpegOutput(FfmpegLog Log, int ExitCode, ReadOnlyMemory<byte> Bytes, bool IsTooLong)
{
    /// <summary>What it wrote, as float32.</summary>
    internal float[] ToWaveform(string path) => IsTooLong
        ? throw new MediaException(path, $"the recording has more than {Array.MaxLength / sizeof(float)} samples. Cut it into clips.")
        : MemoryMarshal.Cast<byte, float>(Bytes.Span).ToArray();
}
