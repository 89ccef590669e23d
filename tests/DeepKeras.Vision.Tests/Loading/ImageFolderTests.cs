using DeepKeras.Vision;
using static DeepKeras.Vision.Tests.Loading.Passes;

namespace DeepKeras.Vision.Tests.Loading;

/// <summary>Which files a folder gives, in which order, with which labels: Keras's rules.</summary>
[TestFixture]
public sealed class ImageFolderTests
{
    [Test]
    public void Classes_and_files_come_in_alphanumeric_order()
    {
        using var photos = new PhotoFolder().Add("dogs", "b.png", "a.jpg", "B.PNG").Add("cats", "10.png", "9.png").Add("cats/inner", "x.jpeg").Add(".hidden", "no.png");
        photos.Write("cats", "notes.txt", [1]);
        var data = ImageDataset.FromDirectory(photos.Path, shuffle: false, imageSize: (8, 12), batchSize: 4);
        data.ClassNames.Should().Equal("cats", "dogs");
        data.FilePaths.Select(p => Path.GetRelativePath(photos.Path, p)).Should().Equal("cats/10.png", "cats/9.png", "cats/inner/x.jpeg", "dogs/B.PNG", "dogs/a.jpg", "dogs/b.png");
        data.Labels.Should().Equal(0, 0, 0, 1, 1, 1);
        data.Count.Should().Be(2);
        Reds(data).Should().Equal(3, 4, 5, 2, 1, 0);
        Reds(data).Should().Equal([3, 4, 5, 2, 1, 0], "a second pass is the same");
    }

    [Test]
    public void Classes_can_be_chosen_and_ordered()
    {
        using var photos = new PhotoFolder().AddMany("a", 2).AddMany("b", 1).AddMany("c", 3);
        var data = ImageDataset.FromDirectory(photos.Path, classNames: ["c", "a"], shuffle: false);
        data.ClassNames.Should().Equal("c", "a");
        data.Labels.Should().Equal(0, 0, 0, 1, 1);
        data.FilePaths.Should().OnlyContain(p => !p.Contains("/b/"));
    }

    [Test]
    public void Labels_come_in_the_form_that_the_loss_wants()
    {
        using var scope = torch.NewDisposeScope();
        using var photos = new PhotoFolder().AddMany("a", 1).AddMany("b", 2);
        Target("int").dtype.Should().Be(ScalarType.Int32);
        Target("int").shape.Should().Equal(3);
        Numbers(Target("int")).Should().Equal(0, 1, 1);
        Target("binary").dtype.Should().Be(ScalarType.Float32);
        Target("binary").shape.Should().Equal(3, 1);
        Numbers(Target("binary")).Should().Equal(0, 1, 1);
        Target("categorical").shape.Should().Equal(3, 2);
        Numbers(Target("categorical")).Should().Equal(1, 0, 0, 1, 0, 1);
        foreach (var none in new[] { ImageDataset.FromDirectory(photos.Path, labelMode: null), ImageDataset.FromDirectory(photos.Path, labels: null) })
        {
            none.ClassNames.Should().BeEmpty();
            none.Labels.Should().BeEmpty();
            none.Elements().Single().Targets.Should().BeEmpty();
        }

        Tensor Target(string mode) => ImageDataset.FromDirectory(photos.Path, "inferred", mode, shuffle: false).Elements().Single().Targets.Single();
    }

    [Test]
    public void Labels_can_be_given()
    {
        using var scope = torch.NewDisposeScope();
        using var photos = new PhotoFolder().Add("x", "a.png", "b.png").Add("", "z.png");
        var data = ImageDataset.FromDirectory(photos.Path, labels: [2, 0, 1], shuffle: false);
        data.ClassNames.Should().Equal("0", "1", "2");
        data.FilePaths.Select(p => Path.GetRelativePath(photos.Path, p)).Should().Equal("z.png", "x/a.png", "x/b.png");
        Numbers(data.Elements().Single().Targets[0]).Should().Equal(2, 0, 1);
        int[] variable = [0, 1, 0];
        ImageDataset.FromDirectory(photos.Path, variable, shuffle: false).Labels.Should().Equal(0, 1, 0);
    }

    [Test]
    public void Links_to_folders_are_entered_when_asked_for_and_only_once()
    {
        using var photos = new PhotoFolder().AddMany("a", 1);
        using var other = new PhotoFolder().AddMany("more", 2);
        Directory.CreateSymbolicLink(photos.File("a", "link"), Path.Combine(other.Path, "more"));
        Directory.CreateSymbolicLink(photos.File("a", "loop"), photos.Path);
        ImageDataset.FromDirectory(photos.Path).FilePaths.Should().HaveCount(1);
        ImageDataset.FromDirectory(photos.Path, followLinks: true).FilePaths.Count(p => p.Contains("/link/")).Should().BeInRange(2, 4);
    }

    [Test]
    public void The_validation_part_is_the_last_one_after_NumPys_shuffle()
    {
        using var photos = new PhotoFolder().AddMany("a", 10);
        var (train, validation) = ImageDataset.FromDirectory(photos.Path, seed: 7, validationSplit: 0.35, subset: "both");
        // random.RandomState(7).shuffle(list(range(10))), see Golden/shuffle.json
        string[] expected = [.. new[] { 8, 5, 0, 2, 1, 9, 7, 3, 6, 4 }.Select(i => photos.File("a", $"{i:D3}.png"))];
        train.FilePaths.Should().Equal(expected[..7]);
        validation.FilePaths.Should().Equal(expected[7..]);
        train.Validation.Should().BeSameAs(validation);
        ImageDataset.FromDirectory(photos.Path, seed: 7, validationSplit: 0.35, subset: "training").FilePaths.Should().Equal(train.FilePaths);
        ImageDataset.FromDirectory(photos.Path, seed: 7, validationSplit: 0.35, subset: "validation").FilePaths.Should().Equal(validation.FilePaths);
        ImageDataset.FromDirectory(photos.Path, shuffle: false, validationSplit: 0.2, subset: "validation").FilePaths.Select(Path.GetFileName).Should().Equal("008.png", "009.png");
        FluentActions.Invoking(() => validation.Validation).Should().Throw<KerasException>().WithMessage("ImageDataset: there is no validation part. Ask for it*");
    }

    [Test]
    public void What_does_not_go_together_is_named()
    {
        using var photos = new PhotoFolder().AddMany("a", 2).AddMany("b", 2).AddMany("c", 1);
        var path = photos.Path;
        Refused(() => ImageDataset.FromDirectory(photos.File("no", "such")), "*the folder *such does not exist*");
        Refused(() => ImageDataset.FromDirectory(photos.File("a", "000.png")), "*a folder is expected but *000.png is a file*");
        Refused(() => ImageDataset.FromDirectory(photos.File("a", "")), "*there are no images in *");
        Refused(() => ImageDataset.FromDirectory(path, labels: "infered"), "*labels must be \"inferred\", null or whole numbers but was \"infered\"*");
        Refused(() => ImageDataset.FromDirectory(path, labelMode: "onehot"), "*labelMode must be \"int\"*but was \"onehot\"*");
        Refused(() => ImageDataset.FromDirectory(path, colorMode: "bgr"), "*colorMode must be \"rgb\"*but was \"bgr\"*");
        Refused(() => ImageDataset.FromDirectory(path, batchSize: 0), "*batchSize must be at least 1 but was 0*");
        Refused(() => ImageDataset.FromDirectory(path, workers: -1), "*workers must be at least 0 but was -1*");
        Refused(() => ImageDataset.FromDirectory(path, imageSize: (0, 3)), "The image size must be between (1, 1) and*but was (0, 3)*");
        Refused(() => ImageDataset.FromDirectory(path, interpolation: "lanczos3"), "There is no interpolation \"lanczos3\"*");
        Refused(() => ImageDataset.FromDirectory(path, cropToAspectRatio: true, padToAspectRatio: true), "cropToAspectRatio and padToAspectRatio were both asked for*");
        Refused(() => ImageDataset.FromDirectory(path, classNames: ["a", "d"]), "*classNames has \"d\", but the sub-folders of * are a, b, c.*");
        Refused(() => ImageDataset.FromDirectory(path, classNames: ["a", "a"]), "*classNames has \"a\" twice*");
        Refused(() => ImageDataset.FromDirectory(path, labels: null, classNames: ["a"]), "*but labels were switched off*");
        Refused(() => ImageDataset.FromDirectory(path, labels: [0, 1, 0, 1, 0], classNames: ["a"]), "*but labels are given as numbers*");
        Refused(() => ImageDataset.FromDirectory(path, labels: [0, 1]), "*there are 2 labels and 5 image files in*");
        Refused(() => ImageDataset.FromDirectory(path, labels: [0, 1, 0, 1, 5], labelMode: "categorical"), "*must count from 0 without gaps but are 0, 1, 5*");
        Refused(() => ImageDataset.FromDirectory(path, labelMode: "binary"), "*needs exactly 2 classes but there are 3: a, b, c*");
        Refused(() => ImageDataset.FromDirectory(path, validationSplit: 1.5, subset: "both", seed: 1), "*validationSplit must be between 0 and 1 (both excluded) but was 1.5*");
        Refused(() => ImageDataset.FromDirectory(path, validationSplit: 0.5, subset: "test", seed: 1), "*subset must be \"training\"*but was \"test\"*");
        Refused(() => ImageDataset.FromDirectory(path, validationSplit: 0.5), "*go together, but only validationSplit was given*");
        Refused(() => ImageDataset.FromDirectory(path, subset: "both"), "*go together, but only subset was given*");
        Refused(() => ImageDataset.FromDirectory(path, validationSplit: 0.5, subset: "both"), "*validationSplit with shuffle needs a seed*");
        Refused(() => ImageDataset.FromDirectory(path, seed: -1), "*the seed must be at least 0 but was -1*");
        Refused(() => ImageDataset.FromDirectory(path, validationSplit: 0.1, subset: "validation", seed: 1), "*there are no validation images in*each part must get at least one*");
    }
}
