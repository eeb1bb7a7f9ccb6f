namespace Affect.Tests.Fusion;

public sealed class FusionTrainingTests
{
    private static readonly FusionTrainingConfig Small = new()
    {
        Fusion = FusionChoice.Parse("concat"),
        HiddenSize = 16,
        Dropout = 0,
        Folds = 3,
        Seeds = [1, 2],
        Training = new FusionTrainingConfig().Training with { Epochs = 12, BatchSize = 32, LearningRate = 3e-3, Patience = 0 },
    };

    [Fact]
    public void Planted_modalities_together_tell_more_than_each_alone()
    {
        var data = Planted();
        var both = FusionTraining.Run(Small, data);
        var acoustic = FusionTraining.Run(Small, data.Select("acoustic"));
        Assert.Equal(2, both.Seeds.Count);
        Assert.Equal(3, both.Seeds[0].Folds.Count);
        Assert.Equal(data.Labelled.Count, both.Decided[0].Clips.Count);
        Assert.True(both.Score().Value > acoustic.Score().Value + 0.1, $"{both.Score()} against {acoustic.Score()}");
        Assert.True(both.Compare(acoustic).IsDistinguishable);
        // One trained model, shown less: never better than with everything by much, and as good as its sources allow.
        var shown = ModalitySubset.All(both.Modalities).ToDictionary(subset => subset.ToString(), subset => Decisions.Score(both.Shown(subset)).Value);
        Assert.Equal(3, shown.Count);
        Assert.True(shown["acoustic + lexical"] > Math.Max(shown["acoustic"], shown["lexical"]));
    }

    [Fact]
    public void Modality_dropout_makes_a_fusion_use_the_weaker_modality_too()
    {
        // Both tell the class, the sound far better: nothing but dropout asks for the words.
        var data = Redundant();
        var config = Small with { Seeds = [1], Training = Small.Training with { Epochs = 30 } }; // of one seed's training, so that speakers alone are what an interval covers
        var plain = FusionTraining.Run(config, data);
        var dropped = FusionTraining.Run(config with { ModalityDropout = 0.5 }, data);
        var words = ModalitySubset.All(data.Modalities).Single(subset => subset.ToString() == "lexical");
        var gain = Decisions.Compare(dropped.Shown(words), plain.Shown(words));
        Assert.Equal("concat, modality dropout 0.5", dropped.Config.Variant);
        Assert.True(gain.Difference.Low > 0, gain.ToString());
        Assert.True(dropped.CompareOverSubsets(plain).Difference.Value > 0, dropped.CompareOverSubsets(plain).ToString());
    }

    [Fact]
    public void A_fusion_that_was_written_in_a_cell_is_fitted_compared_saved_and_loaded()
    {
        using var folder = new TemporaryFolder();
        var data = Planted();
        var config = Small with { Fusion = GatedFusion.Choice, Seeds = [1], Training = Small.Training with { Epochs = 40 } };
        var run = FusionTraining.Run(config, data);
        Assert.Equal("gated", run.Config.Variant);
        Assert.InRange(run.Compare(FusionTraining.Run(config with { Fusion = FusionChoice.Attention }, data)).Difference.Value, -1, 1);

        var fold = data.Folds(3, seed: 1)[0];
        using var fitted = FusionTraining.Fit(config, data, fold);
        Assert.Equal(40, fitted.Training!.Epochs.Count);
        var predicted = fitted.Predict(data, fold.Held);
        Assert.True(fitted.Score(data, fold.Held).Waf > 0.5, $"{fitted.Score(data, fold.Held)}");
        fitted.Save(folder.Path);
        Assert.Contains("'gated'", Assert.Throws<FormatException>(() => FittedFusion.Load(folder.Path)).Message, StringComparison.Ordinal);
        using var loaded = FittedFusion.Load(folder.Path, choices: [GatedFusion.Choice]);
        Assert.Equal(predicted, loaded.Predict(data, fold.Held));
        Assert.Null(loaded.Training);
        Assert.Contains("must have the modalities acoustic", Assert.Throws<ArgumentException>(() => loaded.Predict(data.Select("acoustic"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_that_is_written_elsewhere_is_part_of_what_a_training_is_known_by()
    {
        Assert.DoesNotContain("[code", $"{Small}", StringComparison.Ordinal);
        Assert.Contains("[code", $"{Small with { Fusion = GatedFusion.Choice }}", StringComparison.Ordinal);
    }

    [Fact]
    public void The_epoch_may_be_chosen_by_all_subsets_of_the_modalities()
    {
        var data = Redundant();
        var config = Small with { Seeds = [1], Folds = 2, JudgesTest = true };
        var complete = FusionTraining.Run(config, data);
        Assert.Equal(complete.Seeds[0].Held.Average(), complete.Held, 1e-12);
        Assert.DoesNotContain(FusionTrainingConfig.OverSubsets, complete.Seeds[0].Folds[0].Best.Metrics.Keys);
        var over = FusionTraining.Run(config with { Training = config.Training with { Criterion = FusionTrainingConfig.OverSubsets } }, data);
        Assert.Equal("concat, epoch by all subsets", over.Config.Variant);
        foreach (var fold in over.Seeds[0].Folds)
        {
            Assert.Equal(fold.Epochs.Max(epoch => epoch.Metrics[FusionTrainingConfig.OverSubsets]), fold.Best.Metrics[FusionTrainingConfig.OverSubsets]);
            // The words tell less than the sound, so the mean over subsets lies below the complete clips' score.
            Assert.InRange(fold.Best.Metrics[FusionTrainingConfig.OverSubsets], 0.1, fold.Best.Metrics["waf"] - 0.01);
        }
    }

    [Fact]
    public void A_run_that_is_taken_up_again_decides_the_same_and_its_folds_can_be_loaded()
    {
        using var folder = new TemporaryFolder();
        var config = Small with { Seeds = [1], Training = Small.Training with { Epochs = 3 }, JudgesTest = true };
        var data = Planted();
        var first = FusionTraining.Run(config, data, folder.Path);
        var again = FusionTraining.Run(config, data, folder.Path);
        Assert.Equal(first.Decided[0].Probabilities.SelectMany(row => row), again.Decided[0].Probabilities.SelectMany(row => row));

        // The mean of the loaded folds' logits decides as the run did.
        var folds = Directory.GetDirectories(folder.Path).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(3, folds.Length);
        var sum = new double[data.Test.Count, 6];
        foreach (var path in folds)
        {
            using var fitted = FittedFusion.Load(path);
            Assert.Equal(["planted acoustic", "planted lexical"], fitted.Sources);
            Assert.Equal(EmotionSet.Mer2024, fitted.Emotions);
            var logits = fitted.Logits([.. data.Features.Select(features => Rows(features, data))], data.Test.Count);
            for (var clip = 0; clip < logits.Length; clip++)
                for (var label = 0; label < 6; label++) sum[clip, label] += logits[clip][label];
        }
        for (var clip = 0; clip < data.Test.Count; clip++)
            Assert.Equal(first.Decided[0].Predicted[clip], Enumerable.Range(0, 6).MaxBy(label => sum[clip, label]));
    }

    [Fact]
    public void Folds_side_by_side_decide_what_they_decide_one_after_another()
    {
        var config = Small with { Seeds = [1, 2], Dropout = 0.3, ModalityDropout = 0.3, Training = Small.Training with { Epochs = 3 } };
        var data = Planted();
        List<WorkProgress> told = [];
        var together = FusionTraining.Run(config, data, progress: new Telling(told));
        FusionRun? alone = null;
        Workers.Run(1, torch.CPU, _ => alone = FusionTraining.Run(config, data)); // within other work, one after another on its core
        Assert.Equal(Flat(alone!), Flat(together));
        Assert.Equal(Enumerable.Range(0, 7).Select(done => (long)done), told.Select(one => one.Done));
        Assert.Contains("Seeds must differ", Assert.Throws<ArgumentException>(() => Small with { Seeds = [1, 1] }).Message, StringComparison.Ordinal);

        static IEnumerable<float> Flat(FusionRun run) => run.Decided.SelectMany(decided => decided.Probabilities).SelectMany(row => row).Select(value => (float)value);
    }

    [Fact]
    public void Class_weights_make_rare_classes_answered_more_often()
    {
        var config = Small with { Seeds = [1] };
        var data = Planted(noise: 1.5);
        var plain = FusionTraining.Run(config, data).Decided[0].Scores;
        var weighed = FusionTraining.Run(config with { WeighsClasses = true }, data).Decided[0].Scores;
        // Surprise is the rarest: it is answered more often where rare classes weigh more.
        Assert.True(Answered(weighed) > Answered(plain), $"{Answered(weighed)} against {Answered(plain)}");

        static int Answered(Scores scores) => scores.Confusion.Sum(row => row[5]);
    }

    [Fact]
    public void Nothing_of_the_test_part_reaches_training_or_standardisation()
    {
        var config = Small with { Seeds = [1], Training = Small.Training with { Epochs = 2 }, JudgesTest = true };
        var first = FusionTraining.Run(config, Planted());
        var other = FusionTraining.Run(config, Planted(testOffset: 100));
        Assert.Equal(first.Seeds[0].Held, other.Seeds[0].Held);
    }

    [Fact]
    public void Every_labelled_clip_is_judged_once_by_a_fold_that_has_not_met_its_speaker()
    {
        var data = Planted();
        var folds = data.Folds(4, seed: 1);
        Assert.Equal(data.Labelled, folds.SelectMany(fold => fold.Held).Order());
        Assert.Contains(folds.SelectMany(fold => fold.Held), clip => data.Corpus.Clips[clip].Split == SplitNames.Test);
        foreach (var fold in folds)
        {
            var parts = new[] { fold.Train, fold.Choose, fold.Held }.Select(part => part.Select(clip => data.Corpus.Clips[clip].Speaker).ToHashSet()).ToArray();
            Assert.False(parts[0].Overlaps(parts[1]) || parts[0].Overlaps(parts[2]) || parts[1].Overlaps(parts[2]));
            Assert.Equal(data.Labelled, fold.Train.Concat(fold.Choose).Concat(fold.Held).Order());
        }
        Assert.Contains("mimic has 0 and", Assert.Throws<ArgumentException>(() => FusionData.Of(data.Corpus.Labelled(), data.Features).Folds(3, 1, judgesTest: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_fold_judges_reaches_neither_its_training_nor_its_standardisation()
    {
        var config = Small with { Seeds = [1], Training = Small.Training with { Epochs = 2 } };
        var data = Planted();
        var first = FusionTraining.Run(config, data);
        var other = FusionTraining.Run(config, data, (_, fold) => Shifted(data, fold.Held));
        Assert.Equal(first.Seeds[0].Held, other.Seeds[0].Held);
        Assert.NotEqual(first.Decided[0].Probabilities[0], other.Decided[0].Probabilities[0]);
        // The same shift of what a fold chooses by is seen in its choice: the comparison above can fail.
        Assert.NotEqual(first.Seeds[0].Held, FusionTraining.Run(config, data, (_, fold) => Shifted(data, fold.Choose)).Seeds[0].Held);

        static FusionData Shifted(FusionData data, IReadOnlyList<int> clips)
        {
            var ids = clips.Select(clip => data.Corpus.Clips[clip].Id).ToHashSet();
            return FusionData.Of(data.Corpus, [.. data.Features.Select(features => new ModalityFeatures(
                features.Modality, features.Source, features.ClipIds, [.. features.Values.Index().Select(item => ids.Contains(features.ClipIds[item.Index / features.Dims]) ? -item.Item : item.Item)], features.Dims))]);
        }
    }

    [Fact]
    public void Features_that_have_seen_the_judged_labels_would_be_noticed_those_learned_inside_the_folds_are_not()
    {
        // Noise that carries the label of whatever it was "learned" from: with the labels of all clips a fusion is praised for it, inside the folds it is worth nothing.
        var data = Planted(noise: 50).Select("acoustic");
        var config = Small with { Seeds = [1], Training = Small.Training with { Epochs = 60 } };
        var chance = ChanceLevel.Of([.. data.Labelled.Select(clip => data.Corpus.Labels[clip])], 6).Waf;
        Assert.True(FusionTraining.Run(config, data, (_, _) => Leaking(data.Labelled)).Score().Value > 0.9);
        Assert.InRange(FusionTraining.Run(config, data, (_, fold) => Leaking(fold.Train)).Score().Value, 0, chance + 0.1);
        Assert.Contains("dataOf must give the", Assert.Throws<ArgumentException>(() => FusionTraining.Run(config, data, (_, _) => Planted())).Message, StringComparison.Ordinal);

        FusionData Leaking(IReadOnlyList<int> learnedFrom)
        {
            var known = learnedFrom.ToDictionary(clip => data.Corpus.Clips[clip].Id, clip => data.Corpus.Labels[clip]);
            string[] ids = [.. data.Labelled.Select(clip => data.Corpus.Clips[clip].Id)];
            return FusionData.Of(data.Corpus, [new ModalityFeatures("acoustic", "leak", ids, [.. ids.SelectMany(id => Enumerable.Range(0, 6).Select(label => known.TryGetValue(id, out var own) && own == label ? 1f : 0))], 6)]);
        }
    }

    [Fact]
    public void Normalised_speakers_lose_what_tells_them_apart_and_nothing_else()
    {
        // Each speaker sounds a class of its own on top of what the clip expresses.
        var data = Planted(noise: 0.3, voice: 6).Select("acoustic");
        var config = Small with { Seeds = [1] };
        var strict = FusionTraining.Run(config, data);
        var normalised = FusionTraining.Run(config with { NormalisesSpeakersOf = ["acoustic"] }, data);
        Assert.True(normalised.Compare(strict).Difference.Value > 0.05, normalised.Compare(strict).ToString());
        Assert.Equal("concat, acoustic normalised by speaker", normalised.Config.Variant);
        var features = data.NormaliseSpeakers("acoustic").Features[0];
        foreach (var speaker in data.Corpus.Clips.GroupBy(clip => clip.Speaker))
        {
            double[] first = [.. speaker.Select(clip => (double)features.Values[features.ClipIds.ToList().IndexOf(clip.Id) * 3])];
            Assert.Equal(0, first.Average(), 1e-5);
            Assert.Equal(1, first.Select(value => value * value).Average(), 1e-4);
        }
        Assert.Contains("names must be of acoustic, but hold 'visual'", Assert.Throws<ArgumentException>(() => data.NormaliseSpeakers("visual")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_make_no_sense_are_told_of()
    {
        var corpus = Planted().Corpus;
        var some = new ModalityFeatures("acoustic", "x", [.. corpus.Clips.Select(clip => clip.Id)], new float[corpus.Clips.Count * 2], 2);
        var none = new ModalityFeatures("visual", "x", ["elsewhere"], new float[2], 2);
        Assert.Contains("features of visual must be there for some labelled clips, but are missing for all", Assert.Throws<ArgumentException>(() => FusionData.Of(corpus, [some, none])).Message, StringComparison.Ordinal);
        Assert.Contains("none of mimic's", Assert.Throws<ArgumentException>(() => FusionData.Of(corpus, [none])).Message, StringComparison.Ordinal);
        Assert.Contains("must be finite numbers, but hold NaN", Assert.Throws<ArgumentException>(() => new ModalityFeatures("acoustic", "x", ["a"], [float.NaN], 1)).Message, StringComparison.Ordinal);
        Assert.Contains("names must be of acoustic, lexical, but hold 'visual'", Assert.Throws<ArgumentException>(() => Planted().Select("visual")).Message, StringComparison.Ordinal);
        var oneClass = new Corpus("one", ".", EmotionSet.Mer2024, [.. corpus.Clips.Select(clip => clip.Speaker is "s001" or "s002" ? clip : clip with { Emotion = clip.Split == SplitNames.Test ? clip.Emotion : "happy" })]);
        var folded = FusionData.Of(oneClass, [some]);
        Assert.Contains("must have clips of every class to learn from", Assert.Throws<ArgumentException>(() => folded.Folds(folded.Learning.Select(clip => oneClass.Clips[clip].Speaker).Distinct().Count(), 1, judgesTest: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_tensor_is_left_behind()
    {
        var config = Small with { Seeds = [1], Training = Small.Training with { Epochs = 1 } };
        var data = Planted();
        FusionTraining.Run(config, data);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        FusionTraining.Run(config, data);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    // Each modality tells its own half of the class: sound which of three groups, words which of two within it.
    [Fact]
    public void A_folder_of_other_features_is_not_taken_for_this_training()
    {
        using var folder = new TemporaryFolder();
        var config = Small with { Seeds = [1], Folds = 3, Training = Small.Training with { Epochs = 1 } };
        FusionTraining.Run(config, Planted(), folder.Path);
        FusionTraining.Run(config, Planted(), folder.Path);
        var error = Assert.Throws<FormatException>(() => FusionTraining.Run(config, Planted(noise: 0.61), folder.Path));
        Assert.Contains("holds one of other settings or data", error.Message, StringComparison.Ordinal);
    }

    private static FusionData Planted(double noise = 0.6, float testOffset = 0, double voice = 0)
    {
        var corpus = Mimic.Plan(new MimicConfig { Clips = 480, Seed = 3 });
        var random = new SeededRandom(7);
        var ids = corpus.Clips.Select(clip => clip.Id).ToArray();
        var (sound, words) = (new float[ids.Length * 3], new float[ids.Length * 2]);
        for (var clip = 0; clip < ids.Length; clip++)
        {
            var label = Mimic.TrueEmotion(corpus.Clips[clip]);
            for (var dim = 0; dim < 3; dim++) sound[(clip * 3) + dim] = (float)((label / 2 == dim ? 1 : 0) + (noise * random.Normal())) + Offset(clip);
            for (var dim = 0; dim < 2; dim++) words[(clip * 2) + dim] = (float)((label % 2 == dim ? 1 : 0) + (noise * random.Normal())) + Offset(clip);
        }
        return FusionData.Of(corpus, [new ModalityFeatures("acoustic", "planted acoustic", ids, sound, 3), new ModalityFeatures("lexical", "planted lexical", ids, words, 2)]);

        float Offset(int clip) => (float)(voice * new SeededRandom(5, corpus.Clips[clip].Speaker).Normal()) + (corpus.Clips[clip].Split == SplitNames.Test ? testOffset : 0);
    }

    private static FusionData Redundant()
    {
        var corpus = Mimic.Plan(new MimicConfig { Clips = 480, Seed = 3 });
        var random = new SeededRandom(8);
        string[] ids = [.. corpus.Clips.Select(clip => clip.Id)];
        return FusionData.Of(corpus, [Of("acoustic", 0.15), Of("lexical", 0.6)]);

        ModalityFeatures Of(string modality, double noise) => new(
            modality, "planted", ids, [.. corpus.Clips.SelectMany(clip => Enumerable.Range(0, 6).Select(dim => (float)((Mimic.TrueEmotion(clip) == dim ? 1 : 0) + (noise * random.Normal()))))], 6);
    }

    private static float[] Rows(ModalityFeatures features, FusionData data)
    {
        var values = new List<float>();
        foreach (var clip in data.Test)
        {
            var row = features.ClipIds.ToList().IndexOf(data.Corpus.Clips[clip].Id);
            values.AddRange(features.Values.Skip(row * features.Dims).Take(features.Dims));
        }
        return [.. values];
    }

    private sealed class Telling(List<WorkProgress> told) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => told.Add(value);
    }
}
