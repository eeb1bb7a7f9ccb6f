namespace Affect.Tests.Data;

/// <summary>Who speaks, by the names of published corpora's files in emotions' folders.</summary>
public sealed class SpeakerGuessTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Further_numbers_behind_a_known_scheme_are_another_corpus_s()
    {
        // As ASVP-ESD has them, whose seventh field is no person.
        foreach (var clip in Enumerable.Range(1, 6)) folder.File(FormattableString.Invariant($"angry/03-01-03-01-01-01-{(clip % 2) + 1:00}-02-{clip:00}.wav"));
        Assert.DoesNotContain("02", Corpus.Open(folder.Path).Speakers);
    }

    [Theory]
    [InlineData("Ses01F_impro01_M003", "Ses01M")]
    [InlineData("Ses01M_impro01_M003", "Ses01M")]
    [InlineData("Ses01F_script01_1_F000", "Ses01F")]
    [InlineData("Ses05M_script02_1b_F012", "Ses05F")]
    [InlineData("Ses03F_impro02_MXX1", "Ses03M")]
    [InlineData("03-01-06-01-02-01-12", "12")]
    [InlineData("01-02-03-02-01-02-07", "07")]
    [InlineData("03-01-06-01-02-01-12_noise", "12")]
    [InlineData("03a01Fa", "03")]
    [InlineData("16b10Wb", "16")]
    [InlineData("1001_DFA_ANG_XX", "1001")]
    [InlineData("1091_WSI_SAD_HI", "1091")]
    [InlineData("DC_a01", "DC")]
    [InlineData("KL_sa15", "KL")]
    [InlineData("OAF_back_angry", "OAF")]
    [InlineData("OA_bite_neutral", "OAF")]
    [InlineData("YAF_youth_ps", "YAF")]
    [InlineData("0001_000351", "0001")]
    [InlineData("SB_anger_12", "SB")]
    [InlineData("rab-f1-b1", "f1")]
    [InlineData("F01A05", "F01")]
    [InlineData("01-C-1-1", "01")]
    [InlineData("F_01_OISHI_S_1_ANGRY_1", "F_01")]
    [InlineData("MSP-IMPROV-S01A-F01-P-FM01", "F01")]
    [InlineData("a01 (2)", "2")]
    public void Names_of_published_corpora_tell_the_person(string name, string speaker)
    {
        folder.File($"angry/{name}.wav");
        var corpus = Corpus.Open(folder.Path);
        Assert.Equal([speaker], corpus.Speakers);
        Assert.DoesNotContain(corpus.Warnings, warning => warning.Contains("guess", StringComparison.Ordinal));
    }

    [Fact]
    public void Folds_of_iemocap_part_people_not_turns()
    {
        foreach (var session in Enumerable.Range(1, 5))
            foreach (var wears in "FM")
                foreach (var speaks in "FM")
                    foreach (var emotion in (string[])["angry", "sad"])
                        folder.File(FormattableString.Invariant($"{emotion}/Ses{session:00}{wears}_impro0{(emotion == "sad" ? 2 : 1)}_{speaks}003.wav"));
        var corpus = Corpus.Open(folder.Path);
        Assert.Equal(10, corpus.Speakers.Count);
        Assert.All(corpus.Clips, clip => Assert.Equal(clip.Id[^4], clip.Speaker[^1]));
        Assert.Equal("Ses01", corpus.Clips[0].Session);
        Assert.Empty(corpus.Warnings);
        Assert.All(corpus.Folds(5), fold => Assert.Empty(Turns(fold.Train).Intersect(Turns(fold.Held))));

        IEnumerable<string> Turns(IEnumerable<int> clips) => clips.Select(clip => corpus.Clips[clip].Id.Split('/')[1][..5] + corpus.Clips[clip].Id[^4]);
    }

    [Fact]
    public void Any_other_name_is_a_guess_that_is_shown()
    {
        folder.File("sad/ben-2.wav");
        folder.File("sad/anna_1.wav");
        folder.File("happy/anna_2.wav");
        folder.File("happy/ben_2.wav");
        var warning = Assert.Single(Corpus.Open(folder.Path).Warnings);
        Assert.Contains("Who speaks is a guess", warning, StringComparison.Ordinal);
        Assert.Contains("2 people of 4 clips ('anna', 'ben')", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("doubtful", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guess_that_makes_every_clip_a_person_is_doubted()
    {
        foreach (var clip in Enumerable.Range(0, 12)) folder.File(FormattableString.Invariant($"{(clip % 2 == 0 ? "sad" : "happy")}/x{clip:000}_take.wav"));
        Assert.Contains("12 of 12 people speak in one clip only", Warning(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_guess_that_makes_all_clips_one_person_is_doubted()
    {
        foreach (var clip in Enumerable.Range(0, 12)) folder.File(FormattableString.Invariant($"{(clip % 2 == 0 ? "sad" : "happy")}/MSP_{clip:000}.wav"));
        Assert.Contains("all clips are of one person", Warning(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_guess_that_takes_the_emotion_or_a_common_word_for_a_person_is_doubted()
    {
        foreach (var clip in Enumerable.Range(0, 8)) folder.File(FormattableString.Invariant($"{(clip % 2 == 0 ? "sad" : "happy")}/{(clip % 2 == 0 ? "sad" : "happy")}_{clip}.wav"));
        Assert.Contains("'happy' is an emotion", Warning(), StringComparison.Ordinal);
        Assert.Contains("everyone shows one emotion only", Warning(), StringComparison.Ordinal);
    }

    [Fact]
    public void Dialogues_are_no_people()
    {
        foreach (var clip in Enumerable.Range(0, 12)) folder.File(FormattableString.Invariant($"{(clip % 2 == 0 ? "sad" : "happy")}/dia{clip / 6}_utt{clip}.wav"));
        Assert.Contains("'dia0' is hardly a person's name", Warning(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_known_name_behind_a_prefix_is_doubted()
    {
        folder.File("sad/aug_Ses01F_impro01_M003.wav");
        folder.File("happy/noise_Ses02F_impro01_F001.wav");
        Assert.Contains("Ses02F_impro01_F001' reads like a file of IEMOCAP behind a prefix", Warning(), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_several_corpora_are_told()
    {
        folder.File("sad/03a01Fa.wav");
        folder.File("sad/1001_DFA_SAD_XX.wav");
        Assert.Contains("CREMA-D 1, EmoDB 1", Warning(), StringComparison.Ordinal);
    }

    private string Warning() => string.Join('\n', Corpus.Open(folder.Path).Warnings);
}
