namespace Affect.Tests.Data.Mimicry;

public sealed class MimicSpeakerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(77)]
    public void No_two_speakers_share_a_voice_a_face_or_a_name(int seed)
    {
        var cast = MimicSpeaker.Cast(new MimicConfig().Speakers, seed);
        Assert.Equal(96, cast.Length);
        Assert.Equal(96, cast.Select(speaker => speaker.Id).Distinct().Count());
        Assert.Equal(96, cast.Select(speaker => speaker.Voice).Distinct().Count());
        Assert.Equal(96, cast.Select(speaker => (speaker.IsHighVoiced, speaker.Looks.Skin, speaker.Looks.Hair, speaker.Looks.Style, speaker.Looks.Glasses)).Distinct().Count());
        Assert.Equal(96, cast.Select(speaker => (speaker.PitchHertz, speaker.FormantShift, speaker.WordsPerMinute)).Distinct().Count());
    }

    [Fact]
    public void Low_and_high_voices_take_turns_and_no_accent_is_rare()
    {
        var cast = MimicSpeaker.Cast(96, seed: 1);
        Assert.All(cast.Index(), item => Assert.Equal(item.Index % 2 == 1, item.Item.IsHighVoiced));
        foreach (var kind in cast.GroupBy(speaker => speaker.IsHighVoiced))
        {
            Assert.Equal(MimicSpeaker.Accents.Order(StringComparer.Ordinal), kind.Select(Accent).Distinct().Order(StringComparer.Ordinal));
            Assert.All(kind.CountBy(Accent), accent => Assert.InRange(accent.Value, 4, 9));
        }

        static string Accent(MimicSpeaker speaker) => speaker.Voice.Split('+')[0];
    }

    [Fact]
    public void A_smaller_cast_is_the_beginning_of_a_larger_one_and_the_largest_has_ids_in_order()
    {
        var all = MimicSpeaker.Cast(999, seed: 5);
        Assert.Equal(all.Take(20).Select(Face), MimicSpeaker.Cast(20, seed: 5).Select(Face));
        Assert.Equal("s001", all[0].Id);
        Assert.Equal("s999", all[^1].Id);
        Assert.Equal(all.Select(speaker => speaker.Id), all.Select(speaker => speaker.Id).Order(StringComparer.Ordinal));
        Assert.Equal(208, all.Where(speaker => !speaker.IsHighVoiced).Take(208).Select(speaker => speaker.Voice).Distinct().Count());
        Assert.Equal(104, all.Where(speaker => speaker.IsHighVoiced).Take(104).Select(speaker => speaker.Voice).Distinct().Count());

        static (string, string, FaceLooks) Face(MimicSpeaker speaker) => (speaker.Id, speaker.Voice, speaker.Looks);
    }

    // Where espeak-ng lacks a timbre or an accent it speaks with another one and says nothing: then two would be the same.
    [Fact]
    public void Every_timbre_and_accent_is_installed_and_sounds_unlike_the_others()
    {
        var espeak = new Espeak("espeak-ng");
        string[] voices = ["en-us", .. MimicSpeaker.Low.Concat(MimicSpeaker.High).Select(timbre => $"en-us+{timbre}"), .. MimicSpeaker.Accents.Select(accent => $"{accent}+f1")];
        var spoken = voices.Distinct().ToDictionary(voice => voice, voice => espeak.Speak(voice, ["Nothing", "sounds", "like", "water."], [0, 0, 0, 0], 160));
        Assert.Equal(1 + 26 + 13 + 7, spoken.Count);
        foreach (var one in spoken)
        {
            Assert.InRange(one.Value.Max(Math.Abs), 0.1f, 1f);
            Assert.All(spoken.Where(other => other.Key != one.Key), other => Assert.False(one.Value.AsSpan().SequenceEqual(other.Value), $"{one.Key} and {other.Key}"));
        }
    }
}
