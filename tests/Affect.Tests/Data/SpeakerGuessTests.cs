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
        foreach (var file in (string[])["sad/ben-2.wav", "sad/anna_1.wav", "happy/anna_2.wav", "happy/ben_2.wav"]) folder.File(file);
        var warning = Assert.Single(Corpus.Open(folder.Path).Warnings);
        Assert.Contains("Who speaks is a guess", warning, StringComparison.Ordinal);
        Assert.Contains("2 people of 4 clips ('anna', 'ben')", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("doubtful", warning, StringComparison.Ordinal);
    }

    // {0} is the emotion, {1} the clip's number, {2} its dialogue's.
    [Theory]
    [InlineData("x{1:000}_take", 12, "12 of 12 people speak in one clip only")]
    [InlineData("MSP_{1:000}", 12, "all clips are of one person")]
    [InlineData("{0}_{1}", 8, "'happy' is an emotion", "everyone shows one emotion only")]
    [InlineData("dia{2}_utt{1}", 12, "'dia0' is hardly a person's name")]
    public void A_guess_that_numbers_the_clips_or_takes_a_common_word_for_a_person_is_doubted(string name, int clips, params string[] doubts)
    {
        foreach (var clip in Enumerable.Range(0, clips))
        {
            var emotion = clip % 2 == 0 ? "sad" : "happy";
            folder.File($"{emotion}/{string.Format(CultureInfo.InvariantCulture, name, emotion, clip, clip / 6)}.wav");
        }
        Assert.All(doubts, doubt => Assert.Contains(doubt, Warning(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sad/aug_Ses01F_impro01_M003.wav", "happy/noise_Ses02F_impro01_F001.wav", "Ses02F_impro01_F001' reads like a file of IEMOCAP behind a prefix")]
    [InlineData("sad/03a01Fa.wav", "sad/1001_DFA_SAD_XX.wav", "CREMA-D 1, EmoDB 1")]
    public void A_known_name_behind_a_prefix_and_files_of_several_corpora_are_told(string one, string other, string warning)
    {
        folder.File(one);
        folder.File(other);
        Assert.Contains(warning, Warning(), StringComparison.Ordinal);
    }

    private string Warning() => string.Join('\n', Corpus.Open(folder.Path).Warnings);
}
