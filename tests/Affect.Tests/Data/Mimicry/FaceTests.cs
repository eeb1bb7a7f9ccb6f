namespace Affect.Tests.Data.Mimicry;

public sealed class FaceTests
{
    private static readonly ClipPlan Plan = CorpusPlan.Draw(new MimicConfig())[0];

    [Fact]
    public void Faces_of_no_two_emotions_look_alike()
    {
        var faces = Enumerable.Range(0, LatentTable.Emotions).Select(emotion => Paint(FacePose.Of([.. FaceCues.Table.Select(cue => cue.Means[emotion])]))).ToArray();
        for (var one = 0; one < faces.Length; one++)
            for (var other = 0; other < one; other++)
                Assert.True(Difference(faces[one], faces[other]) > 1.5, $"{EmotionSet.Mer2024[one]} and {EmotionSet.Mer2024[other]}");
    }

    [Fact]
    public void An_expression_comes_up_during_the_clip_and_lips_move_with_the_voice()
    {
        var happy = EmotionSet.Mer2024.IndexOf("happy");
        var plan = Plan with { Visual = happy, Face = [.. FaceCues.Table.Select(cue => cue.Name == "face_blinks" ? 0 : cue.Means[happy])] };
        var silent = new FaceActor(plan, new float[3 * Espeak.SampleRate], Espeak.SampleRate, seed: 1);
        var quiet = silent.Perform().ToArray();
        Assert.Equal(38, quiet.Length);
        Assert.True(Difference(quiet[0], quiet[20]) > 2, "the smile comes up");

        var burst = new float[3 * Espeak.SampleRate];
        for (var sample = 20 * Espeak.SampleRate / 13; sample < burst.Length; sample++) burst[sample] = sample % 100 < 50 ? 0.3f : -0.3f;
        var loud = new FaceActor(plan, burst, Espeak.SampleRate, seed: 1).Perform().ToArray();
        Assert.Equal(quiet[10], loud[10]);
        Assert.True(Difference(quiet[30], loud[30]) > 1, "the mouth opens");
    }

    [Fact]
    public void Outlines_cover_their_exact_area()
    {
        var canvas = new Canvas(32, 24);
        Assert.Equal(3.5 * 2.25, Area([new(4.25f, 5.5f), new(7.75f, 5.5f), new(7.75f, 7.75f), new(4.25f, 7.75f)]), 1e-4);
        Assert.Equal(Math.PI * 7 * 5, Area(Outline.Ellipse(16, 12, 7, 5)), 1.2);                       // a polygon of 28 corners is a little smaller
        Assert.Equal(24.0 * 10, Area([new(-20, -9), new(10, -9), new(10, 99), new(-20, 99)]), 1e-3);  // cut off at the borders
        Assert.Equal(10.0 * 8 / 2, Area([new(1, 1), new(11, 1), new(1, 9)]), 1e-3);

        double Area(Vector2[] outline) => canvas.Cover(outline).Sum(value => (double)value);
    }

    [Fact]
    public void A_contact_sheet_has_a_row_a_speaker_and_a_column_an_emotion()
    {
        var (rgb, width, height) = ContactSheet.Draw(new MimicConfig(), speakers: 2, size: 32);
        Assert.Equal((6 * 36 + 4, 2 * 36 + 4), (width, height));
        Assert.Equal(width * height * 3, rgb.Length);
    }

    private static byte[] Paint(FacePose pose) => FacePainter.Paint(new Canvas(FaceActor.Size, FaceActor.Size), Plan.Speaker.Looks, pose, Framing.Middle);

    private static double Difference(byte[] one, byte[] other) => one.Zip(other, (a, b) => (double)Math.Abs(a - b)).Average();
}
