using System.Diagnostics;
using DeepKeras.Files;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Files;

[TestFixture]
public sealed class AtomicFileTests
{
    [Test]
    public void A_new_file_is_written_and_an_old_one_replaced()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("x.bin");
        AtomicFile.Write(path, s => s.Write([1, 2, 3]));
        AtomicFile.Write(path, s => s.Write([4]));
        File.ReadAllBytes(path).Should().Equal(4);
        Directory.GetFileSystemEntries(folder.Path).Should().Equal(path);
    }

    [Test]
    public void An_error_while_writing_leaves_the_old_file_and_no_other()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("x.bin");
        File.WriteAllBytes(path, [7]);
        FluentActions.Invoking(() => AtomicFile.Write(path, s =>
        {
            s.Write(new byte[100_000]);
            throw new InvalidOperationException("broken");
        })).Should().Throw<InvalidOperationException>();
        File.ReadAllBytes(path).Should().Equal(7);
        Directory.GetFileSystemEntries(folder.Path).Should().Equal(path);
    }

    [Test]
    public void A_full_disk_is_named_and_the_old_file_stays()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("x.bin");
        File.WriteAllBytes(path, [7]);
        const int NoSpaceLeft = 28;
        FluentActions.Invoking(() => AtomicFile.Write(path, _ => throw new IOException("No space left on device", NoSpaceLeft))).Should().Throw<KerasException>()
            .WithMessage($"The file {path} could not be written: the disk is full. Make room or choose another place. A file of that name, if there was one, is unchanged.");
        File.ReadAllBytes(path).Should().Equal(7);
        Directory.GetFileSystemEntries(folder.Path).Should().Equal(path);
    }

    [Test]
    public void A_checkpoint_survives_a_disk_that_is_really_full()
    {
        using var folder = new TemporaryFolder();
        if (!OperatingSystem.IsLinux() || Run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder.Path) != 0) Assert.Ignore("Skipped: no right to mount a small disk here.");
        try
        {
            var path = folder.File("model.dkeras");
            var small = new Sequential([Input(20), Dense(20)]);
            small.Save(path);
            var before = File.ReadAllBytes(path);
            var large = new Sequential([Input(400), Dense(400)]);
            FluentActions.Invoking(() => large.Save(path)).Should().Throw<KerasException>().WithMessage($"The file {path} could not be written: the disk is full*");
            FluentActions.Invoking(() => large.SaveWeights(folder.File("w.safetensors"))).Should().Throw<KerasException>().WithMessage("*the disk is full*");
            File.ReadAllBytes(path).Should().Equal(before);
            Directory.GetFileSystemEntries(folder.Path).Should().Equal(path);
        }
        finally
        {
            Run("umount", folder.Path).Should().Be(0);
        }
    }

    [Test]
    public void A_link_stays_a_link()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("real"), [1]);
        File.CreateSymbolicLink(folder.File("link"), folder.File("real"));
        AtomicFile.Write(folder.File("link"), s => s.Write([2]));
        File.ReadAllBytes(folder.File("real")).Should().Equal(2);
        new FileInfo(folder.File("link")).LinkTarget.Should().Be(folder.File("real"));
    }

    [Test]
    public void Missing_folders_and_folders_in_the_way_are_named()
    {
        using var folder = new TemporaryFolder();
        FluentActions.Invoking(() => AtomicFile.Write(folder.File("no/x"), s => s.WriteByte(1))).Should().Throw<KerasException>().WithMessage("*its folder does not exist. Make the folder first*");
        Directory.CreateDirectory(folder.File("taken"));
        FluentActions.Invoking(() => AtomicFile.Write(folder.File("taken"), s => s.WriteByte(1))).Should().Throw<KerasException>().WithMessage("*a folder of that name is there*");
    }

    private static int Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
