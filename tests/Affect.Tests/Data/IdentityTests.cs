namespace Affect.Tests.Data;

/// <summary>One person is one person, and one class one class, however their names are written.</summary>
public sealed class IdentityTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_person_in_several_forms_is_one_and_no_fold_parts_them()
    {
        var corpus = Corpus.Open(Repository.Golden("speaker-forms", "manifest.csv"));

        Assert.Equal(["José", "anna", "ben"], corpus.Speakers);
        Assert.Equal(["happy", "sad"], corpus.Emotions);
        foreach (var fold in corpus.Folds(3))
        {
            var held = Assert.Single(fold.Held.Select(clip => corpus.Clips[clip].Speaker).Distinct());
            Assert.DoesNotContain(held, fold.Train.Select(clip => corpus.Clips[clip].Speaker));
        }
        Assert.Throws<ArgumentException>(() => corpus.Folds(4));
        var warning = Assert.Single(corpus.Warnings, warning => warning.Contains("'José'", StringComparison.Ordinal));
        Assert.Contains(@"'Jose\u0301' (2 clips)", warning, StringComparison.Ordinal);
        Assert.Contains(@"'José\u200B' (2 clips)", warning, StringComparison.Ordinal);
        Assert.Contains("'JOSÉ' (2 clips)", warning, StringComparison.Ordinal);
        // The manifest's blanks at the ends of a cell never counted; inside a name, a blank of another kind does not either.
        Assert.Equal(4, corpus.Clips.Count(clip => clip.Speaker == "anna"));
    }

    [Theory]
    [InlineData("José", "Jose\u0301")]
    [InlineData("anna", "\u200Banna\uFEFF")]
    [InlineData("anna maria", "anna\u00A0 maria")]
    [InlineData("anna maria", " anna\tmaria ")]
    [InlineData("anna", "ａｎｎａ")]
    [InlineData("Anna1", "ＡＮＮＡ１")]
    [InlineData("anna", "ANNA")]
    [InlineData("Straße", "STRASSE")]
    [InlineData("ΟΔΥΣΣΕΥΣ", "οδυσσευς")]
    [InlineData("Işıl", "IŞIL")]
    [InlineData("이수진", "\u110B\u1175\u1109\u116E\u110C\u1175\u11AB")]
    [InlineData("カナ", "ｶﾅ")]
    [InlineData("ガラ", "ｶﾞﾗ")]
    [InlineData("anna", "an\u00ADna")]
    [InlineData("anna", "anna\uFE0F")]
    public void Forms_of_one_name_are_one_person(string one, string other)
    {
        var corpus = Of(("a", one, "sad"), ("b", other, "happy"), ("c", "ben", "sad"));
        Assert.Equal(2, corpus.Speakers.Count);
        Assert.Contains(corpus.Warnings, warning => warning.StartsWith("One speaker is written in several ways", StringComparison.Ordinal));
        // In whatever order they come, and alone, the name is the same.
        Assert.Equal(corpus.Clips[0].Speaker, Of(("b", other, "happy"), ("a", one, "sad")).Clips[0].Speaker);
    }

    [Fact]
    public void People_of_other_names_stay_apart_and_those_that_may_be_one_are_named()
    {
        var plain = Of(("a", "anna", "sad"), ("b", "ben", "sad"), ("c", "anna2", "sad"));
        Assert.Equal(3, plain.Speakers.Count);
        Assert.Empty(plain.Warnings);

        foreach (var (one, other) in (ReadOnlySpan<(string, string)>)[("01", "1"), ("anna_b", "anna b"), ("Jose", "José"), ("anna", "аnna"), ("ﬁona", "fiona"), ("𝐚nna", "anna"), ("Ⅳan", "IVan"), ("m²", "m2"), ("ⓐnna", "anna")])
        {
            var alike = Of(("a", one, "sad"), ("b", other, "sad"), ("c", "zoe", "sad"));
            Assert.Equal(3, alike.Speakers.Count);
            Assert.Contains($"'{one}' and '{other}'", Assert.Single(alike.Warnings), StringComparison.Ordinal);
            Assert.Equal(alike.Warnings, alike.Labelled().Warnings);
        }
    }

    [Theory]
    [InlineData("fröhlich", "fro\u0308hlich")]
    [InlineData("happy", "happy\u200B")]
    [InlineData("very happy", "very\u00A0happy")]
    [InlineData("happy", "ｈａｐｐｙ")]
    public void Forms_of_one_label_are_one_class(string one, string other)
    {
        var path = folder.File("m.csv", $"clip,audio,speaker,emotion\na,a.wav,x,{one}\nb,b.wav,y,{other}\nc,c.wav,z,{one}\nd,d.wav,z,sad\n");
        var corpus = Corpus.Open(path);
        Assert.Equal(2, corpus.Emotions.Count);
        Assert.Equal(3, corpus.ClassCounts()[corpus.Emotions.IndexOf(other)]);
        Assert.Equal(one, corpus.Clips[1].Emotion);
        Assert.Contains(corpus.Warnings, warning => warning.StartsWith("One emotion is written in several ways", StringComparison.Ordinal));

        // Against given classes too, whichever form they are written in.
        Assert.Equal([0, 0, 0, 1], Manifest.Read(path, new EmotionSet([other, "sad"])).Labels);
        Assert.Equal(new EmotionSet([NameForm.Clean(one), "sad"]), new EmotionSet([one, "sad"]));
    }

    [Fact]
    public void A_name_of_nothing_but_unseen_characters_is_no_name()
    {
        Assert.Contains("has no speaker", Assert.Throws<FormatException>(() => Corpus.Open(folder.File("m.csv", "clip,audio,speaker,emotion\na,a.wav,\u200B,sad\n"))).Message, StringComparison.Ordinal);
        Assert.Contains(@"\u200B", Assert.Throws<ArgumentException>(() => Of(("a", "\u200B", "sad"))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new EmotionSet(["sad", "\u200B"]));
        Assert.Null(Corpus.Open(folder.File("n.csv", "clip,audio,speaker,emotion\na,a.wav,x,\u200B\nb,b.wav,x,sad\n")).Clips[0].Emotion);
    }

    [Fact]
    public void Columns_and_parts_are_known_by_what_can_be_seen_of_their_names()
    {
        var corpus = Corpus.Open(folder.File("m.csv", "clip\u200B,audio,speaker\u00A0,emotion,split\na,a.wav,x,sad,train\u200B\n"));
        Assert.Equal((SplitNames.Train, "x"), (corpus.Clips[0].Split, corpus.Clips[0].Speaker));
    }

    [Fact]
    public void Inner_splits_and_parts_keep_the_identity_and_the_warnings()
    {
        var corpus = Corpus.Open(Repository.Golden("speaker-forms", "manifest.csv"));
        var split = InnerSplit.Of(corpus, [.. Enumerable.Range(0, corpus.Clips.Count)], 0.3);
        Assert.Empty(split.Train.Select(clip => corpus.Clips[clip].Speaker).Intersect(split.Held.Select(clip => corpus.Clips[clip].Speaker)));
        Assert.Equal(corpus.Warnings, corpus.Where(clip => clip.Speaker != "ben").Warnings);
    }

    [Fact]
    public void The_same_recording_under_two_people_or_labels_is_told()
    {
        folder.File("happy/anna_1.wav", "one recording");
        folder.File("sad/anna_2.wav", "one recording");
        folder.File("sad/ben_1.wav", "one recording");
        folder.File("sad/ben_2.wav", "one recordinG");
        folder.File("happy/ben_3.wav", "another");
        var warnings = SharedMedia.Warnings(Corpus.Open(folder.Path));
        Assert.Equal(2, warnings.Count);
        Assert.Contains("happy/anna_1 (anna) and sad/ben_1 (ben)", warnings[0], StringComparison.Ordinal);
        Assert.Contains("happy/anna_1 (happy) and sad/anna_2 (sad)", warnings[1], StringComparison.Ordinal);

        File.Delete(folder.In("sad/anna_2.wav"));
        File.Delete(folder.In("sad/ben_1.wav"));
        Assert.Empty(SharedMedia.Warnings(Corpus.Open(folder.Path)));
    }

    [Fact]
    public void Long_recordings_of_one_beginning_are_told_apart_and_a_copy_in_another_part_is_told()
    {
        var start = new string('x', 1 << 17);
        folder.File("a.wav", start + "1");
        folder.File("b.wav", start + "2");
        folder.File("c.wav", start + "1");
        var warnings = SharedMedia.Warnings(Corpus.Open(folder.File("m.csv", "clip,audio,speaker,emotion,split\na,a.wav,x,sad,train\nb,b.wav,y,happy,train\nc,c.wav,x,sad,test\n")));
        Assert.Contains("a (train) and c (test)", Assert.Single(warnings), StringComparison.Ordinal);
    }

    private static Corpus Of(params (string Id, string Speaker, string Emotion)[] clips) => new(
        "c", "/c", new EmotionSet(["happy", "sad"]), [.. clips.Select(clip => new Clip { Id = clip.Id, Speaker = clip.Speaker, Emotion = clip.Emotion, AudioPath = "/c/x.wav" })]);
}
