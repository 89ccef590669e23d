using DeepKeras.Layers;
using DeepKeras.Vision.Visualization;

namespace DeepKeras.Vision.Tests.Visualization;

public sealed class AugmentationSheetTests
{
    [Test]
    public void Every_augmentation_is_on_the_sheet()
    {
        using var scope = torch.NewDisposeScope();
        var grid = AugmentationSheet.Of(torch.rand(30, 40, 3), torch.tensor([5f, 5, 20, 25], [1, 4]), draws: 2, tileSize: 40);
        var all = AugmentationSheet.AllLayers(30, 40);
        grid.Count.Should().BeInRange(all.Count + 1, (2 * all.Count) + 1);
        var missing = typeof(ImageAugmentationLayer).Assembly.GetExportedTypes().Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(ImageAugmentationLayer)))
            // Counts boxes and leaves pictures alone.
            .Except([.. all.Select(l => l.GetType()), typeof(MaxNumBoundingBoxes)]);
        missing.Should().BeEmpty();
        grid.ToTensor().shape[1].Should().Be(8 + (8 * 48));
    }

    [Test]
    public void Boxes_are_drawn_where_they_move_to()
    {
        using var scope = torch.NewDisposeScope();
        var boxes = torch.tensor([4f, 2, 12, 10], [1, 4]);
        var shift = new RandomTranslation([0.25, 0.25], [0.5, 0.5], "constant");
        var sheet = AugmentationSheet.Of(torch.zeros(16, 16, 3), boxes, [shift], draws: 1, tileSize: 16).ToTensor();
        // The second picture starts 8 + 16 + 8 pixels from the left, its box at column 4 + 8, row 2 + 4.
        long[] Pixel(long row, long column) => [.. Enumerable.Range(0, 3).Select(c => (long)sheet[8 + row, 32 + column, c].item<byte>())];
        Pixel(6, 12).Should().Equal(255, 217, 0);
        Pixel(13, 15).Should().Equal(255, 217, 0);
        Pixel(6, 11).Should().Equal(0, 0, 0);
        Pixel(8, 13).Should().Equal(0, 0, 0);
    }

    [Test]
    public void What_is_no_photo_is_refused()
    {
        using var scope = torch.NewDisposeScope();
        ((Action)(() => AugmentationSheet.Of(torch.zeros(4, 4, 1)))).Should().Throw<KerasException>().WithMessage("AugmentationSheet: the photo must be an RGB image (height, width, 3) but received (4, 4, 1). Load it with ImageFile.Load(path, channels: 3).");
        ((Action)(() => AugmentationSheet.Of(torch.zeros(4, 4, 3), draws: 0))).Should().Throw<KerasException>().WithMessage("AugmentationSheet: draws must be a positive number, for tileSize at least 16, but was 0.*");
        ((Action)(() => AugmentationSheet.Of(torch.zeros(4, 4, 3), tileSize: 3))).Should().Throw<KerasException>().WithMessage("AugmentationSheet: tileSize must be *");
    }
}
