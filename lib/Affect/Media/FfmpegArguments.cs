using System.Globalization;

namespace Affect.Media;

/// <summary>The argument lists that ffmpeg and ffprobe are started with.</summary>
internal static class FfmpegArguments
{
    // Containers that hold their own data. Playlists, concat scripts, image sequences, descriptions of streams and drawings are not among
    // them: those name other files, and a crafted one would have ffmpeg read them (https://ffmpeg.org/ffmpeg-formats.html, format_whitelist).
    private const string Containers =
        "aac,ac3,aiff,amr,amrnb,amrwb,ape,apng,asf,au,avi,caf,dsf,dts,dtshd,dv,eac3,flac,flv,gif,gsm,gxf,h264,hevc,ircam,ivf,loas,m4v,matroska,mlp," +
        "mov,mp3,mpc,mpc8,mpeg,mpegts,mpegvideo,mxf,nistsphere,nut,obu,ogg,oma,rm,sox,tak,truehd,tta,voc,w64,wav,wtv,wv,yuv4mpegpipe";

    internal static List<string> Probe(string path) =>
    [
        "-hide_banner", "-v", "level+error", .. Guards, "-of", "json", "-show_entries",
        "format=format_name,duration:stream=codec_type,codec_name,sample_rate,channels,width,height,avg_frame_rate,duration:stream_disposition=attached_pic",
        "-i", MediaPath.ForFfmpeg(path),
    ];

    internal static List<string> Audio(string path, int sampleRate) =>
    [
        .. Decode(path), "-map", "0:a:0", "-ac", "1", "-ar", sampleRate.ToString(CultureInfo.InvariantCulture),
        // Without this, swresample mixes two equal channels into float samples sqrt 2 times as loud as either (16-bit output is not affected).
        "-rematrix_maxval", "1",
        "-f", BitConverter.IsLittleEndian ? "f32le" : "f32be", "pipe:1",
    ];

    internal static List<string> Frames(string path, double framesPerSecond, int size, FrameFit fit) =>
        [.. Pictures(path, framesPerSecond, size, fit), "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"];

    internal static List<string> Stills(string path, double framesPerSecond, int size) =>
    [
        .. Pictures(path, framesPerSecond, size, FrameFit.Crop), "-c:v", "mjpeg", "-q:v", "6", "-pix_fmt", "yuvj420p", "-threads:v", "1",
        "-fflags", "+bitexact", "-flags:v", "+bitexact", "-f", "image2pipe", "pipe:1",
    ];

    private static List<string> Pictures(string path, double framesPerSecond, int size, FrameFit fit)
    {
        // round=up: picture i is the last one that began at or before i / framesPerSecond. start_time=0: a late first picture is repeated.
        var rate = FormattableString.Invariant($"fps=fps={framesPerSecond:R}:round=up:start_time=0");
        // dar = width / height as shown, so pixels that are not square come out right.
        var shape = fit == FrameFit.Crop
            ? $"scale=w='if(gt(dar,1),ceil({size}*dar),{size})':h='if(gt(dar,1),{size},ceil({size}/dar))':flags=bicubic,crop={size}:{size}"
            : $"scale=w='if(gt(dar,1),{size},max(1,round({size}*dar)))':h='if(gt(dar,1),max(1,round({size}/dar)),{size})':flags=bicubic," +
              $"pad={size}:{size}:(ow-iw)/2:(oh-ih)/2";
        return [.. Decode(path), "-map", "0:V:0", "-vf", $"{rate},{shape},setsar=1"];
    }

    internal static List<string> Preview(string path, double seconds, MediaPreviewConfig config, bool hasPictures)
    {
        var rate = config.SoundBitRate.ToString(CultureInfo.InvariantCulture);
        List<string> start = [.. Decode(path), "-t", seconds.ToString("R", CultureInfo.InvariantCulture)];
        string[] sound = ["-ac", "1", "-ar", "16000", "-b:a", rate, "-fflags", "+bitexact", "-flags:a", "+bitexact", "-map_metadata", "-1"];
        if (!hasPictures) return [.. start, "-map", "0:a:0", .. sound, "-c:a", "libmp3lame", "-write_xing", "0", "-id3v2_version", "0", "-f", "mp3", "pipe:1"];
        var fit = FormattableString.Invariant($"fps={config.FramesPerSecond:R},scale=w='max(2,2*trunc(min({config.PictureWidth},iw)/2))':h=-2:flags=bicubic");
        return
        [
            .. start, "-map", "0:V:0", "-map", "0:a:0?", .. sound, "-c:a", "aac", "-vf", fit, "-c:v", "libx264", "-preset", "slow", "-crf", "33",
            "-profile:v", "baseline", "-pix_fmt", "yuv420p", "-threads:v", "1", "-g", "600", "-flags:v", "+bitexact",
            // A pipe cannot be gone back in, so the index comes in pieces.
            "-movflags", "frag_keyframe+empty_moov+default_base_moof", "-f", "mp4", "pipe:1",
        ];
    }

    private static string[] Guards => ["-protocol_whitelist", "file,pipe", "-format_whitelist", Containers];

    // One thread a child: the extractor decodes several clips at once.
    private static string[] Decode(string path) =>
        ["-hide_banner", "-nostdin", "-nostats", "-v", "level+info", .. Guards, "-threads", "1", "-i", MediaPath.ForFfmpeg(path), "-filter_threads", "1"];
}
