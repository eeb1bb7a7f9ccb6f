namespace Affect.Media;

/// <summary>A clip that is still to be written.</summary>
/// <param name="Path">The file.</param>
/// <param name="RgbFrames">Pictures in order, each <c>[height, width, 3]</c> red-green-blue bytes; enumerated once, one held at a time.</param>
/// <param name="Audio">Mono waveform <c>[samples]</c>, −1…1.</param>
internal sealed record Movie(string Path, IEnumerable<byte[]> RgbFrames, float[] Audio);
