namespace Affect.Media;

/// <summary>Turns media files of any container into waveforms and pictures. Safe to call from many threads at once.</summary>
/// <remarks>A path is data: whatever its name, exactly that file is opened, or refused with a readable error.</remarks>
public interface IMediaReader
{
    /// <summary>Says what a file holds, without decoding it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="MediaException">The file is missing, empty, or no media file.</exception>
    MediaInfo Probe(string path, CancellationToken cancellation = default);

    /// <summary>Decodes the clip's audio stream, all channels averaged into one.</summary>
    /// <remarks>Of several streams the one marked default, commentaries left aside; else the first. All channels weigh the same.</remarks>
    /// <param name="path">The file.</param>
    /// <param name="sampleRate">Hertz wished for; the audio is resampled to it.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The waveform <c>[samples]</c>, −1…1 (a resampled peak may lie a little beyond).</returns>
    /// <exception cref="MediaException">The file is missing, empty, damaged, truncated, has no audio, or holds NaN or infinite samples.</exception>
    float[] DecodeAudio(string path, int sampleRate = 16000, CancellationToken cancellation = default);

    /// <summary>Samples pictures from the clip's video stream: of several the one marked default, else the first; covers do not count.</summary>
    /// <remarks>The size, format and shape of the pictures may change within the stream.</remarks>
    /// <param name="path">The file.</param>
    /// <param name="framesPerSecond">Pictures a second; picture i is the one on screen at i / framesPerSecond on the clip's clock.</param>
    /// <param name="size">Width and height of each picture, in pixels.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>At least one picture.</returns>
    /// <exception cref="MediaException">The file is missing, empty, damaged, truncated, or has no video.</exception>
    VideoFrames DecodeFrames(string path, double framesPerSecond, int size, CancellationToken cancellation = default);
}
