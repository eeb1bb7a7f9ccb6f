namespace Affect.Media;

/// <summary>The argument lists that ffmpeg and ffprobe are started with.</summary>
internal static class FfmpegArguments
{
    /// <summary>The first sound track; whether it is the clip's is known once ffmpeg has told the tracks.</summary>
    internal const string FirstSound = "0:a:0";

    /// <summary>The first picture track that is no cover, alike.</summary>
    internal const string FirstPictures = "0:V:0";

    /// <summary>The most channels that ffmpeg mixes.</summary>
    internal const int MostChannels = 64;

    // Containers that hold their own data. Playlists, concat scripts, image sequences, descriptions of streams and drawings are not among
    // them: those name other files, and a crafted one would have ffmpeg read them (https://ffmpeg.org/ffmpeg-formats.html, format_whitelist).
    private const string Containers =
        "aac,ac3,aiff,amr,amrnb,amrwb,ape,apng,asf,au,avi,caf,dsf,dts,dtshd,dv,eac3,flac,flv,gif,gsm,gxf,h264,hevc,ircam,ivf,loas,m4v,matroska,mlp," +
        "mov,mp3,mpc,mpc8,mpeg,mpegts,mpegvideo,mxf,nistsphere,nut,obu,ogg,oma,rm,sox,tak,truehd,tta,voc,w64,wav,wtv,wv,yuv4mpegpipe";

    private static readonly string[] Guards = ["-protocol_whitelist", "file,pipe", "-format_whitelist", Containers];

    private static readonly string[] Fed = ["-hide_banner", "-nostats", "-v", "level+info"];

    private static readonly string Floats = BitConverter.IsLittleEndian ? "f32le" : "f32be";

    // '<' divides the gains by their sum over the channels that are there: the mean of any number, whether ffmpeg knows a layout of so many or not.
    // What it mixes by itself (-ac 1) weighs channels by their places, leaves out the bass, and needs a layout.
    private static readonly string MeanOfChannels =
        "aformat=sample_fmts=fltp,pan=mono|c0<" + string.Join('+', Enumerable.Range(0, MostChannels).Select(channel => Text($"c{channel}")));

    private static readonly string[] Jpegs =
    [
        "-c:v", "mjpeg", "-q:v", "6", "-pix_fmt", "yuvj420p", "-threads:v", "1", "-fflags", "+bitexact", "-flags:v", "+bitexact",
        "-f", "image2pipe", "pipe:1",
    ];

    internal static List<string> Probe(string path) =>
    [
        "-hide_banner", "-v", "level+error", .. Guards, "-of", "json", "-show_entries",
        "format=format_name,duration:stream=index,codec_type,codec_name,sample_rate,channels,width,height,avg_frame_rate,duration:stream_disposition",
        "-i", MediaPath.ForFfmpeg(path),
    ];

    /// <summary>A track's sound, all channels averaged; the rate is the file's own where it is null.</summary>
    internal static List<string> Audio(string path, int? sampleRate, string track) =>
        [.. Decode(path), "-map", track, "-af", MeanOfChannels, .. Rate(sampleRate), "-f", Floats, "pipe:1"];

    /// <summary>Resamples a mono waveform of float32 that comes through the standard input.</summary>
    internal static List<string> Resample(int from, int to) =>
        [.. Fed, "-f", Floats, .. Rate(from), "-i", "pipe:0", .. Rate(to), "-f", Floats, "pipe:1"];

    internal static List<string> Frames(string path, double framesPerSecond, int size, FrameFit fit, string track) =>
        [.. Pictures(path, framesPerSecond, size, fit, track), "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"];

    /// <summary>Every picture of a stream, scaled but not cut, each in its own size; its time and size are told on the error stream.</summary>
    /// <remarks>No filter here holds pictures back, so none is lost where the stream changes and ffmpeg sets up its filters anew.</remarks>
    internal static List<string> EveryPicture(string path, int size, FrameFit fit, string track) =>
    [
        .. Decode(path), "-map", track, "-vf", $"{Scale(size, fit)}:eval=frame,format=rgb24,showinfo=checksum=0", "-autoscale", "0",
        "-fps_mode", "passthrough",
        // Else times are rounded to the stream's own rate, and two pictures of a faster part have the same.
        "-enc_time_base", "1/90000", "-f", "rawvideo", "pipe:1",
    ];

    internal static List<string> Stills(string path, double framesPerSecond, int size, string track) =>
        [.. Pictures(path, framesPerSecond, size, FrameFit.Crop, track), .. Jpegs];

    /// <summary>Encodes square pictures that come through the standard input as <see cref="Stills"/> does.</summary>
    internal static List<string> Jpeg(int size) =>
        [.. Fed, "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", Text($"{size}x{size}"), "-i", "pipe:0", .. Jpegs];

    /// <summary>The inputs of a clip that is to be written.</summary>
    internal static string[] ClipSource(string size, double framesPerSecond, string pictures, string soundPath) =>
    [
        "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", size, "-r", Text($"{framesPerSecond:R}"), "-i", pictures,
        "-f", "wav", "-i", MediaPath.ForFfmpeg(soundPath),
    ];

    /// <summary>How a clip is encoded, by the numbers of its inputs.</summary>
    internal static string[] ClipTarget(int pictures, int sound) =>
    [
        "-map", Text($"{pictures}:v"), "-map", Text($"{sound}:a"),
        // The default coder of AAC, twoloop, takes half of a short clip's time and is worse than fast above 64 kb/s, says ffmpeg's manual; ours has
        // more.
        "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-threads:v", "1", "-c:a", "aac", "-aac_coder", "fast",
        // No dates, version strings or thread-dependent decisions: the same pictures give the same bytes.
        "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-map_metadata", "-1", "-f", "mp4",
    ];

    /// <summary>A small copy; where the pictures change within the stream, each is fitted into the first one's frame.</summary>
    internal static List<string> Preview(string path, double seconds, MediaPreviewConfig config, MediaInfo info, bool changes)
    {
        List<string> start = [.. Decode(path, "level+verbose"), "-t", Text($"{seconds:R}")];
        string[] sound =
        [
            "-af", MeanOfChannels, .. Rate(16000), "-b:a", Text($"{config.SoundBitRate}"), "-fflags", "+bitexact", "-flags:a", "+bitexact",
            "-map_metadata", "-1",
        ];
        if (info.Video is null)
        {
            string[] mp3 = ["-c:a", "libmp3lame", "-write_xing", "0", "-id3v2_version", "0", "-f", "mp3", "pipe:1"];
            return [.. start, .. Map(info.Audio?.Index), .. sound, .. mp3];
        }
        var width = Math.Max(2, 2 * (Math.Min(config.PictureWidth, info.Video.Width) / 2));
        var height = Math.Max(2, 2 * (int)Math.Round(width / 2.0 * info.Video.Height / Math.Max(1, info.Video.Width)));
        var rate = Text($"{config.FramesPerSecond:R}");
        // The filter fps holds a picture back, which is lost where the filters are set up anew; the output's rate does not.
        string[] shape = changes
            ? ["-vf", $"scale=w={width}:h={height}:force_original_aspect_ratio=decrease:flags=bicubic,pad={width}:{height}:-1:-1", "-r", rate]
            : ["-vf", $"fps={rate},scale=w='max(2,2*trunc(min({config.PictureWidth},iw)/2))':h=-2:flags=bicubic"];
        return
        [
            .. start, .. Map(info.Video.Index), .. Map(info.Audio?.Index), .. sound, "-c:a", "aac", .. shape, "-c:v", "libx264", "-preset", "slow",
            "-crf", "33", "-profile:v", "baseline", "-pix_fmt", "yuv420p", "-threads:v", "1", "-g", "600", "-flags:v", "+bitexact",
            // A pipe cannot be gone back in, so the index comes in pieces.
            "-movflags", "frag_keyframe+empty_moov+default_base_moof", "-f", "mp4", "pipe:1",
        ];
    }

    /// <summary>How <c>-map</c> is told of a stream by its number in the file.</summary>
    internal static string Track(int index) => Text($"0:{index}");

    private static string[] Map(int? index) => index is { } stream ? ["-map", Track(stream)] : [];

    private static List<string> Pictures(string path, double framesPerSecond, int size, FrameFit fit, string track)
    {
        // round=up: picture i is the last one that began at or before i / framesPerSecond. start_time=0: a late first picture is repeated.
        var rate = Text($"fps=fps={framesPerSecond:R}:round=up:start_time=0");
        var square = fit == FrameFit.Crop ? $"crop={size}:{size}" : $"pad={size}:{size}:(ow-iw)/2:(oh-ih)/2";
        // Verbose: the filters say when the stream changes under them.
        return [.. Decode(path, "level+verbose"), "-map", track, "-vf", $"{rate},{Scale(size, fit)},{square},setsar=1"];
    }

    // dar = width / height as shown, so pixels that are not square come out right.
    private static string Scale(int size, FrameFit fit) => fit == FrameFit.Crop
        ? $"scale=w='if(gt(dar,1),ceil({size}*dar),{size})':h='if(gt(dar,1),{size},ceil({size}/dar))':flags=bicubic"
        : $"scale=w='if(gt(dar,1),{size},max(1,round({size}*dar)))':h='if(gt(dar,1),max(1,round({size}/dar)),{size})':flags=bicubic";

    // One thread a child: the extractor decodes several clips at once.
    private static string[] Decode(string path, string verbosity = "level+info") =>
    [
        "-hide_banner", "-nostdin", "-nostats", "-v", verbosity, .. Guards, "-threads", "1", "-i", MediaPath.ForFfmpeg(path), "-filter_threads", "1",
    ];

    private static string[] Rate(int? sampleRate) => sampleRate is { } rate ? ["-ar", Text($"{rate}")] : [];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
